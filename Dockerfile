# docker build -t tfcheck . && terraform show -json tfplan | docker run --rm -i tfcheck
FROM debian:12-slim AS build
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends \
    gcc libc6-dev make pkg-config libyajl-dev libpcre2-dev libyaml-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make PREFIX=/usr/local DESTDIR=/out install

FROM debian:12-slim
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends \
    libyajl2 libpcre2-8-0 libyaml-0-2 && rm -rf /var/lib/apt/lists/*
COPY --from=build /out/usr/local /usr/local
RUN useradd --create-home checker
USER checker
WORKDIR /work
ENTRYPOINT ["tfcheck"]
