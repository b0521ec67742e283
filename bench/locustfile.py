"""What bench.load runs: a reader stays on one page and changes its filters, which posts all callbacks of the page."""

import os
import random
from pathlib import Path

from locust import FastHttpUser, constant, task

from bench.calls import HEADERS, POST, load, vary

CALLS, CHOICES = load(Path(os.environ["RTAC_CALLS"]).read_text())
PAGES = ("/", "/compare", "/place?place=19000000000000")


class Reader(FastHttpUser):
    """Thinks, draws a choice at random, and waits for every part of the page."""

    wait_time = constant(float(os.environ["RTAC_THINK"]))

    def on_start(self) -> None:
        self.dice = random.Random()
        self.page = self.dice.choice(PAGES)

    @task
    def change(self) -> None:
        choice = CHOICES.draw(self.page, self.dice)
        for call in CALLS:
            if call.page == self.page and not call.name.startswith("_pages"):
                self.client.post(POST, json=vary(call, choice), headers=HEADERS, name=f"{call.page.split('?')[0]} {call.name}")
