"""What an operator must be told: judgements on figures of runs, articles and hosts, each an Alert."""
