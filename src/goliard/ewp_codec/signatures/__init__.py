"""HTTP signatures (draft-cavage-http-signatures-07, rsa-sha256) as the network uses them, for requests and for answers."""
