"""Alerts are kept and told: once when they begin and once when they end, to each target, whatever happens between."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.alerts.keep import kept_alerts
from archive.alerts.observe import observe
from archive.alerts.targets import Target, UndeliveredError, read_targets, send
from archive.alerts.tell import tell_alerts
from archive.commands.alerts import alerts
from archive.database import Archive, open_archive
from archive.runs import end_run, start_run
from kickcrawl.dates import to_iso
from kickcrawl.errors import UsageError
from tests.support.sinks import Sink, mailbox, webhook
from tests.support.storing import NOW, OUTLET

HOUR = timedelta(hours=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(open_archive(tmp_path / "archive.db", create=True)) as archive:
        yield archive


def run(archive: Archive, hour: float, outcome: Any = "complete", slug: str = "warta") -> None:
    run_id = start_run(archive, OUTLET | {"slug": slug}, {}, NOW + hour * HOUR)
    reason = f"{slug}: out of reach (HTTP 503)" if outcome == "failed" else None
    end_run(archive, run_id, outcome, NOW + hour * HOUR, reason=reason, counts={}, seeds=[])


def tell(archive: Archive, hour: float, *sinks: Sink) -> list[str]:
    targets = read_targets(" ".join(sink.address for sink in sinks))
    return tell_alerts(archive, NOW + hour * HOUR, targets)


def test_fault_is_told_once_when_it_begins_and_once_when_it_ends(archive: Archive) -> None:
    with webhook() as hook:
        for hour, outcome in enumerate(["complete", "failed", "failed", "failed", "complete", "complete"]):
            run(archive, hour, outcome)
            assert tell(archive, hour, hook) == []
    begun, ended = hook.messages
    assert begun["title"] == "kickcrawl: warta: the last run failed"
    assert begun["type"] == "failure"
    for told in ("out of reach (HTTP 503)", "since: 2025-07-14 02:00 UTC", "% sure", "what to do: open its front page"):
        assert told in begun["message"]
    assert ended["title"] == "kickcrawl: over: warta: the last run failed"
    assert "from 2025-07-14 02:00 to 2025-07-14 05:00 UTC" in ended["message"]


def test_second_change_is_told_while_the_first_is(archive: Archive) -> None:
    with webhook() as hook:
        for hour, rules in enumerate(["", "disallow: /cari", "disallow: /cari", "disallow: /", "disallow: /"]):
            run(archive, hour)
            observe(archive, "warta", "robots", "warta.example", rules, to_iso(NOW + hour * HOUR))
            tell(archive, hour + 0.5, hook)
    begun = [message["message"] for message in hook.messages if "over" not in message["title"]]
    assert ["+disallow: /cari" in begun[0], "-disallow: /cari, +disallow: /" in begun[1]] == [True, True]
    assert [(kept.began_at, kept.ended_at is None) for kept in kept_alerts(archive)] == [
        (NOW + 3.5 * HOUR, True), (NOW + 1.5 * HOUR, False),
    ]  # fmt: skip


def test_notice_that_was_not_taken_is_told_and_sent_again(archive: Archive) -> None:
    with webhook() as hook:
        hook.is_down = True
        run(archive, 0, "failed")
        [failure] = tell(archive, 0, hook)
        assert "could not be told of alerts" in failure
        assert "503" in failure
        [failure] = tell(archive, 1, hook)
        hook.is_down = False
        assert tell(archive, 2, hook) == []
        assert tell(archive, 3, hook) == []
    first, second = hook.messages
    assert "out of reach" in first["message"]
    assert "notices cannot be delivered" in first["message"]
    assert second["title"] == "kickcrawl: over: this machine: notices cannot be delivered"


def test_fault_that_began_and_ended_while_the_target_was_down_is_not_lost(archive: Archive) -> None:
    with webhook() as hook:
        hook.is_down = True
        run(archive, 0, "failed")
        tell(archive, 0, hook)
        run(archive, 1)
        tell(archive, 1, hook)
        hook.is_down = False
        tell(archive, 2, hook)
    told = "\n".join(message["message"] for message in hook.messages)
    assert told.count("out of reach") == 1
    assert told.count("warta: over: the last run failed") == 1


def test_each_target_is_told_by_itself_and_a_new_one_of_what_lasts(archive: Archive) -> None:
    with webhook() as hook, mailbox() as mails:
        run(archive, 0, "failed")
        tell(archive, 0, hook)
        assert tell(archive, 1, hook, mails) == []
        assert len(hook.messages) == 1
        [mail] = mails.messages
    assert mail["subject"] == "kickcrawl: warta: the last run failed"
    assert mail["to"] == "redaksi@warta.example"
    assert "out of reach (HTTP 503)" in mail.get_body(("plain",)).get_content()


def test_mail_server_that_refuses_is_asked_again(archive: Archive) -> None:
    with mailbox() as mails:
        mails.is_down = True
        run(archive, 0, "failed")
        [failure] = tell(archive, 0, mails)
        assert "redaksi" not in failure
        mails.is_down = False
        assert tell(archive, 1, mails) == []
        assert len(mails.messages) == 1


def test_dead_mans_notice_is_sent_by_the_timer_when_nothing_ran(archive: Archive) -> None:
    for hour in range(5):
        run(archive, hour)
    with webhook() as hook:
        assert tell(archive, 5.5, hook) == []
        assert hook.messages == []
        tell(archive, 9, hook)
        tell(archive, 10, hook)
    [message] = hook.messages
    assert message["title"] == "kickcrawl: warta: nothing ran"
    assert "no run since 2025-07-14 05:00 UTC where one every 1 h was usual" in message["message"]


def test_outlet_that_was_not_judged_neither_begins_nor_ends(archive: Archive) -> None:
    run(archive, 0, "failed")
    run(archive, 0, "failed", slug="kabar")
    tell_alerts(archive, NOW, (), ["kabar"])
    assert [kept.alert.outlet for kept in kept_alerts(archive)] == ["kabar"]
    run(archive, 1, slug="kabar")
    tell_alerts(archive, NOW + HOUR, (), ["warta"])
    assert [(kept.alert.outlet, kept.ended_at) for kept in kept_alerts(archive)] == [("warta", None), ("kabar", None)]


def test_short_trouble_that_an_outlet_often_has_is_not_told_until_it_lasts(archive: Archive) -> None:
    for hour in range(40):
        run(archive, hour, "failed" if hour in (10, 20, 30) else "complete")
    run(archive, 40, "failed")
    tell(archive, 40)
    assert kept_alerts(archive) == []
    for hour in (41, 42):
        run(archive, hour, "failed")
        tell(archive, hour)
    [kept] = kept_alerts(archive)
    assert kept.alert.since == NOW + 40 * HOUR


def test_password_of_a_target_is_neither_stored_nor_printed(archive: Archive) -> None:
    secret = "s3sangat-rahasia"
    run(archive, 0, "failed")
    address = f"jsons://rian:{secret}@127.0.0.1:9/jalan-rahasia?+token=kunci-rahasia"
    done = CliRunner().invoke(alerts, ["--archive", str(archive.path), "--send"], env={"KICKCRAWL_NOTIFY": address})
    assert done.exit_code == 1
    assert "jsons://" in str(done.exception)
    stored = "\n".join(archive.connection.iterdump())
    for text in (done.output, str(done.exception), stored, repr(read_targets(address))):
        for piece in (secret, "jalan-rahasia", "kunci-rahasia", "rian"):
            assert piece not in text


def test_targets_are_parted_by_blanks_or_commas() -> None:
    named = read_targets("mailto://a:b@c.example?to=d@e.example,f@g.example, json://h.example/i\njson://h.example/i")
    assert [target.name.partition("://")[0] for target in named] == ["mailto", "json"]
    assert read_targets("") == read_targets(None) == ()
    with pytest.raises(UsageError, match="KICKCRAWL_NOTIFY"):
        read_targets("redaksi@warta.example")


def test_unknown_sort_of_target_is_told() -> None:
    with pytest.raises(UndeliveredError, match="does not know"):
        send(Target(name="entah://1", address="entah://host"), "a", "b", "failure")


def test_command_lists_what_is_wrong_and_what_was(archive: Archive) -> None:
    run(archive, 0, "failed")
    tell(archive, 0)
    run(archive, 1)
    tell(archive, 1)
    run(archive, 2, "failed", slug="kabar")
    done = CliRunner().invoke(alerts, ["--archive", str(archive.path)])
    assert done.exit_code == 0, done.output
    assert "kabar: the last run failed [failed]" in done.output
    assert "over: warta: the last run failed, 2025-07-14 01:00 to 2025-07-14 02:00 UTC" in done.output
