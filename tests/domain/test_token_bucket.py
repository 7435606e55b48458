"""A burst at once, then evenly; whoever is refused loses nothing by it."""

from __future__ import annotations

from server.domain.token_bucket import TokenBucket


def test_a_burst_may_be_spent_at_once_and_no_more() -> None:
    bucket = TokenBucket(rate=1, burst=3, now=100)
    assert [bucket.takes(1, 100) for _ in range(4)] == [True, True, True, False]


def test_it_fills_evenly_up_to_its_burst() -> None:
    bucket = TokenBucket(rate=2, burst=3, now=100)
    assert bucket.takes(3, 100)
    assert not bucket.takes(2, 100.5)
    assert bucket.takes(2, 101)
    assert not bucket.takes(4, 1_000), "more than the burst is never there"
    assert bucket.takes(3, 1_000)


def test_a_refusal_costs_nothing() -> None:
    bucket = TokenBucket(rate=1, burst=1, now=0)
    assert bucket.takes(1, 0)
    assert not any(bucket.takes(1, eighth / 8) for eighth in range(8))
    assert bucket.takes(1, 1)


def test_it_says_how_long_to_wait() -> None:
    bucket = TokenBucket(rate=0.5, burst=2, now=0)
    assert bucket.seconds_until(2) == 0
    assert bucket.takes(2, 0)
    assert bucket.seconds_until(1) == 2
    assert not bucket.takes(2, 1)
    assert bucket.seconds_until(2) == 3
