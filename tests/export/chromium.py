"""Open pages in headless Chromium: what it draws, measures, prints and complains about."""

import json
import os
import re
import shutil
import subprocess
import zlib
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

# No background traffic, nothing kept, and a file's frames may be measured by the file that holds them.
_QUIET = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage",
    "--hide-scrollbars", "--enable-logging=stderr", "--allow-file-access-from-files",
)  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """A screenshot, as far as tests look at it.

    Attributes:
        corner: Red, green and blue of the topmost left pixel.
        drawn: The share of bytes that differ from their neighbours' prediction; 0 for an even area.
    """

    width: int
    height: int
    corner: tuple[int, int, int]
    drawn: float


@dataclass(frozen=True)
class Chromium:
    """The browser, with a folder for its profiles."""

    program: str
    folder: Path

    @staticmethod
    def find() -> str | None:
        """Find the program."""
        names = ("chromium", "chromium-browser", "google-chrome")
        return next((found for found in map(shutil.which, names) if found), None)

    def open(self, page: Path, *wanted: str) -> tuple[str, list[str]]:
        """Open a page and leave; gives the standard output and the messages of the page's console."""
        profile = self.folder / "profile"
        shutil.rmtree(profile, ignore_errors=True)
        # As root the browser's own sandbox can't start; the page is ours.
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        done = subprocess.run(
            [self.program, *_QUIET, *root, f"--user-data-dir={profile}", *wanted, page.as_uri()],
            capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout, re.findall(r"CONSOLE\S* (.*)", done.stderr)

    def picture(self, page: Path, width: int, height: int, *, dark: bool = False) -> Picture:
        """Draw the top of a page."""
        target = self.folder / "page.png"
        scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
        self.open(page, f"--window-size={width},{height}", scheme, f"--screenshot={target}")
        return read_png(target.read_bytes())

    def pages_of_pdf(self, page: Path) -> int:
        """Print a page and count the sheets."""
        target = self.folder / "page.pdf"
        self.open(page, "--no-pdf-header-footer", f"--print-to-pdf={target}")
        return len(re.findall(rb"/Type\s*/Page\b", target.read_bytes()))

    def measure(self, page: Path, width: int, script: str) -> tuple[dict[str, Any], list[str]]:
        """Lay a page out in a frame of this width and measure it there; the page itself stays as it is.

        Args:
            page: The file.
            width: Of the frame, in pixels.
            script: An expression that gives an object; `frame` is the page's window.
        """
        wrapper = self.folder / "wrapper.html"
        wrapper.write_text(
            f'<!DOCTYPE html><meta charset="utf-8"><iframe width="{width}" height="800" src="{page.as_uri()}">'
            "</iframe><pre></pre><script>addEventListener('load', () => {"
            "const frame = document.querySelector('iframe').contentWindow;"
            f"document.querySelector('pre').textContent = JSON.stringify({script});}})</script>",
            encoding="utf-8",
        )
        dumped, console = self.open(wrapper, "--window-size=1500,900", "--dump-dom")
        found = re.search(r"<pre>(.*?)</pre>", dumped, re.DOTALL)
        assert found is not None, dumped
        facts = json.loads(unescape(found[1]))
        assert isinstance(facts, dict)
        return facts, console


def read_png(data: bytes) -> Picture:
    """Read the size, the first pixel and how much is drawn; its rows stay filtered (PNG, section 9)."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    place, packed, head = 8, b"", b""
    while place < len(data):
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        body = data[place + 8 : place + 8 + length]
        head = body if kind == b"IHDR" else head
        packed += body if kind == b"IDAT" else b""
        place += length + 12
    rows = zlib.decompress(packed)
    width, height = int.from_bytes(head[:4]), int.from_bytes(head[4:8])
    # Whatever the filter, the very first pixel has no neighbours and stands as it is.
    red, green, blue = rows[1:4]
    return Picture(width, height, (red, green, blue), 1 - rows.count(0) / len(rows))
