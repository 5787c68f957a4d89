"""What tests share: crawls, archives, servers and the figures that several of them use."""
