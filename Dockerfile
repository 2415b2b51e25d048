# syntax=docker/dockerfile:1
# SPDX-License-Identifier: Apache-2.0
# docker build -t kairos .
# docker run --rm --read-only --network none -v "$PWD:/data" kairos localize --run run --features clip.npy --out found.json

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /kairos
COPY . .
RUN mvn -B -ntp -DskipTests -Dspotless.check.skip=true -pl cli -am package
RUN docs/restricted/image.sh cli/target/kairos.jar /opt/kairos jdk.httpserver

FROM debian:stable-slim
COPY --from=build /opt/kairos /opt/kairos
# Nobody's: what it writes, it writes into /data.
USER 1000:1000
WORKDIR /data
ENTRYPOINT ["/opt/kairos/bin/kairos"]
