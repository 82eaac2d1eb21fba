# An example: docs/running.md tells how it is meant to be used. Build: docker build -t exodus .

FROM rust:1.95-slim-bookworm AS builder
# SQLite and the cryptography of TLS are compiled from C.
RUN apt-get update && apt-get install -y --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --locked --release --bin exodus && strip target/release/exodus

FROM debian:bookworm-slim
# The roots that the messengers' certificates are checked against.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data exodus \
    && install -d -o exodus -g exodus -m 0700 /data
COPY --from=builder /src/target/release/exodus /usr/local/bin/exodus
USER exodus
# exodus.toml, if there is one, and the database. Everything that has to be kept is here.
WORKDIR /data
VOLUME /data
ENV EXODUS_DATABASE_URL=sqlite:///data/exodus.db
# The bot finishes what it has begun when it is told to stop; that takes up to 30 seconds.
STOPSIGNAL SIGTERM
ENTRYPOINT ["exodus"]
CMD ["run"]
