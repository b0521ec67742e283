"""The locust file of bench.load: a reader opens a page, then changes a filter, which posts all callbacks of the page."""

import os
import random
from pathlib import Path

from locust import FastHttpUser, constant, task

from bench.calls import HEADERS, POST, load, vary

CALLS, CHOICES = load(Path(os.environ["RTAC_CALLS"]).read_text())
PAGES = ("/", "/compare", "/place?place=19000000000000")


class Reader(FastHttpUser):
    """Stays on one page and changes the choice every few seconds."""

    wait_time = constant(float(os.environ["RTAC_THINK"]))

    def on_start(self) -> None:
        self.dice = random.Random()
        self.page = self.dice.choice(PAGES)

    @task
    def change(self) -> None:
        choice = CHOICES.draw(self.page, self.dice)
        for call in CALLS:
            if call.page == self.page:
                self.client.post(POST, json=vary(call, choice), headers=HEADERS, name=f"{call.page.split('?')[0]} {call.name}")
