"""A long download in words: what, how much, how long still."""

from __future__ import annotations

from pos_app.storage.download import Download
from pos_app.text import _, money
from ui import messages
from ui.feeds import feed_title


def share_words(download: Download) -> str:
    """ "Đang tải Hàng và giá 24 %", for the strip."""
    title = feed_title(download.feed)
    if download.is_building or not download.total:
        return _("Đang tải {what}").format(what=title)
    percent = min(99, 100 * download.done // download.total)
    return _("Đang tải {what} {percent} %").format(what=title, percent=percent)


def download_words(download: Download) -> str:
    """ "Hàng và giá 12.000 / 50.000 · còn 2 phút"."""
    title = feed_title(download.feed)
    if download.is_building:
        return _("{what} đã về, đang sắp xếp").format(what=title)
    figures = money(download.done)
    if download.total:
        figures = f"{figures} / {money(download.total)}"
    if download.seconds_left is None:
        return f"{title} {figures}"
    left = _("còn {time}").format(time=messages.age(download.seconds_left))
    return f"{title} {figures} · {left}"
