"""How an author's keys feel: `python -m bench.keystrokes [--keys N] [--blocks N] [--bare]`.

The real editor page in Chromium, a declaration of 300 blocks (125,000 characters) with 200 open suggestions
and 100 threads (none with `--bare`), and five others typing into it over the real server, five updates a
second each. A key's time runs from its keydown event until the
browser is free again, with everything that the editor, the text and the layout do for it. Chromium puts off
what is not input until the next picture is drawn, so some of that time is waiting for the screen. The CPU
time of the page's main thread has no waiting in it, but all that the others write between two keys.

Wanted: a median under 8 ms, and no task of more than 50 ms (a "long task" of the W3C Long Tasks API).
Needs the built client (`make setup`), Chromium, and for the others `client/node.sh npm --prefix bench ci`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.in_chromium import PROJECT, TIMEOUT, Service, launch, serving, signed_in

PEOPLE, RATE = 5, 5
MEDIAN_MS, LONG_TASK_MS = 8, 50
BETWEEN_KEYS_MS: Final = 60
WORDS: Final = "Wir schreiben gemeinsam und sehen sofort was die anderen schreiben "

WATCH: Final = """() => {
  const seen = { keys: [], longTasks: [] }
  const free = new MessageChannel()
  let from = 0
  free.port1.onmessage = () => { seen.keys.push(performance.now() - from) }
  addEventListener("keydown", () => { from = performance.now() }, { capture: true })
  addEventListener("input", () => { free.port2.postMessage(null) }, { capture: true })
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) seen.longTasks.push(task.duration)
  }).observe({ entryTypes: ["longtask"] })
  window.benchSeen = seen
}"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Milliseconds."""

    keys: list[float]
    long_tasks: list[float]
    cpu: float
    """Of the page's main thread, for each key."""


def main() -> int:
    """0 when both goals are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--blocks", type=int, default=300)
    parser.add_argument("--bare", action="store_true", help="no suggestions, no comments")
    options = parser.parse_args()
    with (
        serving(options.blocks, full=not options.bare) as service,
        _others(service, seconds=10 + options.keys // 8),
    ):
        seen = _type(service, options.keys)
    return _tell(seen)


@contextmanager
def _others(service: Service, seconds: int) -> Iterator[None]:
    job = {"port": service.port, "session": service.session, "room": "bench-0"}
    job |= {"people": PEOPLE, "rate": RATE, "seconds": seconds}
    command = [PROJECT / "client/node.sh", "node", PROJECT / "bench/typists.mjs", json.dumps(job)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is None or process.stdout.readline() != "typing\n":
                raise RuntimeError("the others did not come in")
            yield
        finally:
            process.terminate()


def _type(service: Service, keys: int) -> Seen:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = signed_in(browser, service)
        page = context.new_page()
        page.goto(service.editor)
        page.wait_for_selector("html[data-editor=ready]", state="attached", timeout=TIMEOUT * 1000)
        _warm_up(page)
        metrics = context.new_cdp_session(page)
        metrics.send("Performance.enable")
        before = _thread_time(metrics)
        page.keyboard.type((WORDS * (keys // len(WORDS) + 1))[:keys], delay=BETWEEN_KEYS_MS)
        cpu = (_thread_time(metrics) - before) / keys
        seen: dict[str, list[float]] = page.evaluate("window.benchSeen")
        browser.close()
        return Seen(seen["keys"], seen["longTasks"], cpu)


def _thread_time(metrics: CDPSession) -> float:
    found: dict[str, list[dict[str, Any]]] = metrics.send("Performance.getMetrics")
    return next(float(each["value"]) * 1000 for each in found["metrics"] if each["name"] == "ThreadTime")


def _warm_up(page: Page) -> None:
    """Types in the middle of the text, where a change has blocks on both sides, and begins to watch."""
    editor = page.locator(".ProseMirror")
    blocks = editor.locator(":scope > *")
    blocks.nth(blocks.count() // 2).click()
    page.keyboard.type(WORDS, delay=BETWEEN_KEYS_MS)
    page.evaluate(WATCH)


def _tell(seen: Seen) -> int:
    keys, long_tasks = seen.keys, seen.long_tasks
    median = statistics.median(keys)
    p95 = statistics.quantiles(keys, n=20)[-1]
    met = median < MEDIAN_MS and not long_tasks
    print(f"{len(keys)} keys, {PEOPLE} others typing {RATE} updates a second each")
    print(f"time for a key: median {median:.1f} ms (wanted < {MEDIAN_MS}), 95 % {p95:.1f} ms")
    print(f"CPU of the page's main thread for a key and the others' meanwhile: {seen.cpu:.1f} ms")
    print(
        f"tasks over {LONG_TASK_MS} ms: {len(long_tasks)} (wanted 0) {[round(task) for task in long_tasks]}"
    )
    print("met" if met else "NOT met")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
