# syntax=docker/dockerfile:1
# An example: docs/running.md tells how it is meant to be used. Build: docker build -t exodus .

# What the dependencies are, without what we wrote: it stays the same while only that changes.
FROM rust:1.95-slim-bookworm AS skeleton
WORKDIR /src
COPY . .
RUN scripts/skeleton /skeleton

FROM rust:1.95-slim-bookworm AS builder
# SQLite and the cryptography of TLS are compiled from C.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# "--no-default-features --features telegram" is built in a third of the time.
ARG FEATURES=""
# The dependencies, which are nearly all of the time: from the builder's cache as long as Cargo.lock is the same.
COPY --from=skeleton /skeleton .
# hadolint ignore=SC2086
RUN cargo build --locked --release --bin exodus $FEATURES
# Our own part.
COPY . .
# hadolint ignore=SC2086
RUN find . -name '*.rs' -not -path './target/*' -exec touch {} + \
    && cargo build --locked --release --bin exodus $FEATURES \
    && strip target/release/exodus

FROM debian:bookworm-slim
# The roots that the messengers' certificates are checked against, and the rules of time zones.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 exodus \
    && useradd --system --uid 10001 --gid 10001 --home-dir /data exodus \
    && install -d -o exodus -g exodus -m 0700 /data
COPY --from=builder /src/target/release/exodus /usr/local/bin/exodus
COPY --from=builder /src/exodus.example.toml /usr/share/doc/exodus/examples/exodus.toml
USER 10001:10001
# exodus.toml, if there is one, and the database. Everything that has to be kept is here.
WORKDIR /data
VOLUME /data
# What is asked for below; for pages and metrics outside of the container give it another address with the same port.
ENV EXODUS_DATABASE_URL=sqlite:///data/exodus.db \
    EXODUS_HTTP_LISTEN=127.0.0.1:8080
# Whether the process answers. It says nothing of the messengers: for those, ask /ready.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q '^HTTP/1.. 200' <&3"]
# The bot finishes what it has begun when it is told to stop; that takes up to 30 seconds.
STOPSIGNAL SIGTERM
ENTRYPOINT ["exodus"]
CMD ["run"]
