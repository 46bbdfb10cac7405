"""What holds for every call, so that no call has to say it again."""

ABOUT = """\
What holds for every call:

- **Values.** Money is text with two decimals, `"3600.00"`. Days are `2026-03-02`, days of law in Finland; moments are
  in UTC, `2026-03-02T09:30:00Z`. Ids are UUIDs. A personal identity code travels in bodies only.
- **Words.** `Accept-Language: fi`, `sv` or `en` chooses the words. Codes are the same in all; build on those.
- **Unknown names.** A member of a body that we do not know is refused: 422, `unknown_field` at its place. So is a
  parameter that a call does not have, where the call takes any: a filter with its name misspelt would be none, and give
  you everything. A parameter that takes one value is said once, else 422 `too_many_items`. Answers may get new members
  at any time: read past those you do not know.
- **Lists.** `{"items": [...], "next": "..."}`, the newest first. `limit` is 50 unless you say otherwise, and at most
  200; more is 422 `limit_too_large`. Ask on with `cursor`, the `next` of the page before, until it is null. Short lists
  (`/guidance`, `/parameters`, `/benchmarks`) come whole unless you give a `limit`. Rows of a batch come in the order of
  the file. Feeds take `after`, come oldest first, and always have a `next`.
- **Filters.** A value that nobody could mean is 422. An employer that you may not act for gives an empty list, exactly
  as one that does not exist.
- **Refusals.** Problem documents of RFC 9457, everything that is wrong at once. `pointer` is the place in the body, or
  `/` and the name of a parameter. A warning stands in the way of nothing.
- **Repeating.** Calls with an effect take an `Idempotency-Key`. The same key with the same bytes takes effect once, and
  the stored answer comes back.
- **Versions.** `ETag` is the version that you read; `If-Match` says which one you change. 428 without it where it is
  needed, 412 when somebody was faster.
- **Pace.** `RateLimit` says what is left. 429 and 503 say in `Retry-After` how long to wait.
- **Changes.** What would break your program is told 12 months ahead, in the changelog and by the headers `Deprecation`
  and `Sunset`.
"""
