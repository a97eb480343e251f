"""A third university, Wrongbury, that answers by itself and misbehaves on request: no installation of Goliard, only its codec."""
