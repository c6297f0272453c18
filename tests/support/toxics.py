"""What a fault proxy does to a request: toxiproxy's vocabulary, and what only somebody who knows HTTP can do.

Lose an answer after central's commit, deliver twice, deliver long after the client has given up, answer with
a page of somebody else, send the client elsewhere. (`down` is the proxy's own: it stops listening.)
"""

from __future__ import annotations

import asyncio

from tests.support.fault_proxy import Exchange, Fault

PAGE = b"<html><body>Please sign in to the network</body></html>"


# --- toxiproxy's ------------------------------------------------------------------------------
async def fine(asked: Exchange) -> None:
    """Passes everything on."""
    await asked.give(await asked.passed_on())


def latency(seconds: float) -> Fault:
    """The way takes so long, there and back."""

    async def fault(asked: Exchange) -> None:
        await asyncio.sleep(seconds)
        answer = await asked.passed_on()
        await asyncio.sleep(seconds)
        await asked.give(answer)

    return fault


def bandwidth(bytes_s: int) -> Fault:
    """A thin line, there and back."""

    async def fault(asked: Exchange) -> None:
        await asked.give(await asked.passed_on(bytes_s=bytes_s), bytes_s)

    return fault


def slow_close(seconds: float) -> Fault:
    """The answer is whole at once; the connection hangs on."""

    async def fault(asked: Exchange) -> None:
        await fine(asked)
        await asyncio.sleep(seconds)

    return fault


async def timeout(asked: Exchange) -> None:
    """Takes the request, which never arrives, and says nothing until the client goes."""
    await asked.until_the_client_has_gone()


async def reset_peer(asked: Exchange) -> None:
    """The request never arrives; the connection is reset."""
    asked.reset()


def slicer(size: int, every_s: float = 0.0) -> Fault:
    """The answer comes in slices; with `every_s` it drips."""

    async def fault(asked: Exchange) -> None:
        answer = await asked.passed_on()
        for start in range(0, len(answer), size):
            await asked.give(answer[start : start + size])
            await asyncio.sleep(every_s)

    return fault


def limit_request(size: int) -> Fault:
    """limit_data, upwards: so many bytes of the body reach central, then both sides hang up."""

    async def fault(asked: Exchange) -> None:
        await asked.passed_on(body_bytes=min(size, len(asked.body) - 1))

    return fault


def limit_answer(share: float) -> Fault:
    """limit_data, downwards: this part of the answer comes through."""

    async def fault(asked: Exchange) -> None:
        answer = await asked.passed_on()
        await asked.give(answer[: int(len(answer) * share)])

    return fault


# --- what knows HTTP --------------------------------------------------------------------------
async def drop_answer(asked: Exchange) -> None:
    """Central has committed; nobody hears of it."""
    await asked.passed_on()


async def duplicate(asked: Exchange) -> None:
    """Delivered twice at once; the client hears what the second was told, if that came first."""
    both = [asyncio.ensure_future(asked.passed_on()) for _ in range(2)]
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    await asked.give(next(one for one in both if one.done()).result())
    await asyncio.gather(*both)


async def late(asked: Exchange) -> None:
    """Delivered after the client has given up."""
    await asked.until_the_client_has_gone()
    await asked.passed_on()


def answers(status: str, body: bytes = b"", *headers: str) -> Fault:
    """Somebody else answers; central hears nothing."""

    async def fault(asked: Exchange) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
        await asked.give("\r\n".join(lines).encode() + body)

    return fault


def page(status: str = "200 OK") -> Fault:
    """A captive portal's."""
    return answers(status, PAGE, "Content-Type: text/html")


def redirect(url: str) -> Fault:
    return answers("307 Temporary Redirect", b"", f"Location: {url}")


def flapping() -> Fault:
    """Every second request is reset."""
    count = iter(range(1_000_000))

    async def fault(asked: Exchange) -> None:
        await (reset_peer if next(count) % 2 else fine)(asked)

    return fault
