"""The inner loop of the simulation: one replica, one event for each batch that changes.

Between two arrivals or completions a decode step only grows by a token in every sequence.
Such runs of steps are added up at once, so that the cost is one of events, not of tokens.
"""

from collections import deque
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from math import ceil, inf, sqrt

from ._simulation_policy import Policy, Run
from ._steps import Steps

__all__ = ["simulate"]

_SHIFT = 32
_MASK = (1 << _SHIFT) - 1


def simulate(  # noqa: PLR0912, PLR0915  # one loop, unrolled for speed
    steps: Steps,
    policy: Policy,
    prompts: Sequence[int],
    outputs: Sequence[int],
    arrivals: Sequence[float] | None,
    concurrency: int,
    capacity: float,
    *,
    front_end: float = 0.0,
    record: bool = False,
) -> Run:
    """Serve requests on one replica.

    Parameters
    ----------
    steps : Steps
        Times of its passes.
    policy : Policy
        Its scheduler.
    prompts, outputs : sequence of int
        Tokens of each request.
    arrivals : sequence of float or None
        When each arrives, in order; nothing in a closed loop. [s]
    concurrency : int
        Requests that a closed loop keeps under way.
    capacity : float
        Tokens that the cache holds; a request that exceeds it alone is never admitted.
    front_end : float
        Time of a request between its client and the scheduler; a closed loop sends the next
        one when the last token of another is written. [s]
    record : bool
        Keep every pass for a trace.
    """
    total = len(prompts)
    run = Run([inf] * total, [inf] * total, [inf] * total)
    first, finish, started = run.first, run.finish, run.start
    waiting: deque[int] = deque()
    heap: list[int] = []
    order: list[int] = []
    left = list(outputs)  # tokens that are still to be written, after a pre-emption
    extra: dict[int, int] = {}  # tokens that a pre-empted request reads again
    gaps, weights, trace = run.gaps.append, run.weights.append, run.trace.append
    limit, budget, mixed, chunked = policy.limit, policy.budget, policy.mixed, policy.chunked
    static, hit, read = policy.static, policy.cached, policy.read
    reserve, committed = policy.reserve, 0
    most = 4 * limit + 64
    reading, prefill, cost, scores = steps.reading, steps.prefill, steps.tokens, steps.scores
    lines, plain = steps.lines, steps.plain
    closed = arrivals is None
    times = [one + front_end for one in arrivals or [0.0] * min(concurrency, total)]
    now, step, active, context, held = 0.0, 0, 0, 0, 0
    busy = filled = area = stall = 0.0
    taken = passes = decoded = 0
    following = 0
    chunk = 0  # tokens of the first waiting prompt that are already read
    known, ended = len(times), 0
    upcoming = times[0] if known else inf
    while True:
        passed = False
        if ended:
            if closed and known < total:  # whose requests have ended send their next
                times += [now + front_end] * min(ended, total - known)
                known = len(times)
                upcoming = times[following]
            ended = 0
        while upcoming <= now:
            waiting.append(following)
            following += 1
            upcoming = times[following] if following < known else inf
        if waiting and active < limit and not (static and active):
            admitted: list[int] = []
            tokens = 0
            attention = 0.0
            room = budget - (active if mixed else 0)
            partial = 0
            places = limit - active
            while waiting and len(admitted) < places:
                one = waiting[0]
                length = prompts[one]
                if extra:
                    length += extra.get(one, 0)
                needed = length + left[one] if reserve else length + 1
                there = committed if reserve else context + held
                if there + needed > capacity:
                    if active or admitted or held:
                        break
                    if needed > capacity:
                        waiting.popleft()  # never fits: it stays unserved
                        ended += 1
                        continue
                fresh = length - chunk if read else 0
                if hit:
                    fresh = max(fresh - int(hit * prompts[one]), 1 if read else 0)
                if fresh > room - tokens:
                    if chunked and room - tokens > 0:
                        partial = room - tokens
                        attention += reading[chunk + partial] - reading[chunk]
                        tokens += partial
                        chunk += partial
                        break
                    if tokens or (chunked and active):
                        break
                waiting.popleft()
                if read:
                    attention += reading[length]
                    if fresh < length:
                        attention -= reading[length - fresh]
                admitted.append(one)
                held += length
                committed += needed
                tokens += fresh
                chunk = 0
            if tokens or admitted:
                if mixed and active and tokens:
                    start, slope = lines[active]
                    seconds = start + slope * (context / active) + attention
                    seconds += cost[active + tokens] - cost[active]
                    if admitted:
                        seconds += scores[active + len(admitted)] - scores[active]
                elif plain and tokens:
                    seconds = cost[tokens] + scores[len(admitted) or 1] + attention
                elif tokens:
                    seconds = prefill(max(len(admitted), 1), tokens, attention)
                else:
                    seconds = 0.0
                if record and tokens:
                    trace(("mixed" if mixed and active else "prefill", now, seconds, active))
                now += seconds
                busy += seconds
                filled += seconds
                taken += tokens
                passes += 1
                area += active * seconds
                passed = True
                if mixed and active and tokens:
                    gaps(seconds + stall)
                    weights(active)
                    stall = 0.0
                    step += 1
                    context += active
                    decoded += active
                elif active:
                    stall += seconds  # the next token of everyone comes so much later
                longest = max([left[one] for one in admitted], default=0) if static else 0
                begun = now - seconds
                for one in admitted:
                    length = prompts[one]
                    if extra and one in extra:
                        length += extra[one]
                    else:
                        started[one], first[one] = begun, now
                    held -= length
                    rest = longest or left[one]
                    active += 1
                    context += length
                    heappush(heap, (step + rest - 1) << _SHIFT | one)
                    if not reserve:
                        order.append(one)
        if not passed and not active:
            if waiting or ended:
                continue
            if upcoming == inf:
                break
            now = upcoming
            continue
        count = 0 if passed else (heap[0] >> _SHIFT) - step
        if count > 0:
            start, slope = lines[active]
            seconds = start + slope * (context / active)
            span = count * (seconds + slope * (count - 1) * 0.5)
            if now + span > upcoming and active < limit and not waiting and not static:
                gap = upcoming - now
                half = seconds - slope * 0.5
                ahead = ceil(2.0 * gap / (half + sqrt(half * half + 2.0 * slope * gap)))
                count = ahead if 1 <= ahead < count else (1 if ahead < 1 else count)
                span = count * (seconds + slope * (count - 1) * 0.5)
            if not reserve and context + held + active * count > capacity and active > 1:
                fit = int((capacity - context - held) // active)
                if fit >= 1:
                    count = fit
                    span = count * (seconds + slope * (count - 1) * 0.5)
                else:  # the youngest gives its memory back, and is read again later
                    while finish[order[-1]] != inf:
                        order.pop()
                    one = order.pop()
                    entry = next(key for key in heap if key & _MASK == one)
                    heap.remove(entry)
                    heapify(heap)
                    rest = (entry >> _SHIFT) - step
                    context -= prompts[one] + outputs[one] - 1 - rest
                    extra[one] = outputs[one] - rest
                    left[one] = rest
                    active -= 1
                    waiting.appendleft(one)
                    run.preempted += 1
                    chunk = 0
                    continue
            if record:
                trace(("decode", now, span, active))
            now += span
            busy += span
            area += active * span
            step += count
            context += active * count
            decoded += active * count
            if stall:
                gaps(stall + seconds)
                weights(active)
                stall = 0.0
                if count > 1:
                    gaps((span - seconds) / (count - 1))
                    weights(active * (count - 1))
            else:
                gaps(span / count)
                weights(active * count)
        while heap and heap[0] >> _SHIFT <= step:
            one = heappop(heap) & _MASK
            finish[one] = now
            active -= 1
            context -= prompts[one] + outputs[one] - 1
            if reserve:
                committed -= prompts[one] + outputs[one]
            ended += 1
        if not active:
            context = 0
            stall = 0.0
        if len(order) > most:
            order = [one for one in order if finish[one] == inf]
    if static:  # shorter requests are padded to the longest of their batch
        decoded = sum(count - 1 for count, end in zip(outputs, finish, strict=True) if end != inf)
    run.read, run.prefill_passes, run.decoded = taken, passes, decoded
    run.busy, run.prefill_seconds, run.sequence_seconds, run.end = busy, filled, area, now
    for seen in (first, finish, started):
        seen[:] = [value - came + front_end for value, came in zip(seen, times, strict=True)]
    return run
