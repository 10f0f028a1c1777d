"""Take pictures of every page of a served site, at 320 and 1,280 px, into PARVIS_HOME/screenshots: then look at them.

    .venv/bin/python scripts/screenshots.py http://127.0.0.1:8000 [WORD]

Pages are found by following links from the front page, some of each kind. WORD keeps the kinds whose name holds it.
Long pages are cut into slices that a person can look at. `dark` after WORD draws the dark theme.
"""

import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")

WIDTHS = (1280, 320)
SLICE, SLICES = 1600, 5


def main(address: str, word: str = "", scheme: str = "light") -> None:
    """Take the pictures, saying each page's width and height."""
    import django

    django.setup()
    from django.conf import settings

    from browser.crawling import crawl
    from conftest import FLAGS

    folder = settings.PARVIS_HOME / "screenshots"
    found = crawl(address)
    for trouble in found.broken:
        print(f"broken: {trouble}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-FR")
            for name, addresses in found.pages.items():
                if word in name:
                    take(page, address + addresses[0], folder / f"{plain(name)}-{width}")
        browser.close()


def plain(name: str) -> str:
    return re.sub(r"\W+", "-", name).strip("-")


def take(page: Page, address: str, prefix: Path) -> None:
    """Take one page, slice by slice."""
    prefix.parent.mkdir(parents=True, exist_ok=True)
    page.goto(address)
    width, height = page.evaluate("[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]")
    print(f"{prefix.name}: {width} x {height}, {address}")
    for rank, top in enumerate(range(0, min(height, SLICE * SLICES), SLICE)):
        clip = {"x": 0, "y": top, "width": page.viewport_size["width"], "height": min(SLICE, height - top)}
        page.screenshot(path=f"{prefix}-{rank}.png", full_page=True, clip=clip)


if __name__ == "__main__":
    main(*sys.argv[1:])
