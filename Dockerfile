# Goliard as one image: the web server, and beside it the sealer of the journal.
FROM python:3.13-slim AS built
WORKDIR /build
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/goliard && /opt/goliard/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
RUN python -m venv /build/tools && /build/tools/bin/pip install --no-cache-dir --require-hashes -r requirements-build.lock
COPY . .
RUN /build/tools/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /build/dist . \
 && /opt/goliard/bin/pip install --no-cache-dir --no-deps --no-index /build/dist/*.whl

FROM python:3.13-slim
RUN useradd --system --create-home --home-dir /data goliard
COPY --from=built /opt/goliard /opt/goliard
ENV PATH=/opt/goliard/bin:$PATH PYTHONUNBUFFERED=1 GOLIARD_DATA=/data DJANGO_SETTINGS_MODULE=goliard.project.settings.production
USER goliard
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["sh", "-c", "goliard prepare && exec goliard serve --host 0.0.0.0 --port 8000"]
