/**
 * A certificate for readers.example and its parts, signed by itself, with its key. It is no secret: no machine but the one
 * that runs the tests is told to trust it, and nobody owns the name.
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBvzCCAWagAwIBAgIUYf+2cEoyxTlDzpssTvbtenI+ym4wCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRVW5kZXJzaWduZWQgdGVzdHMwIBcNMjYxMTI1MDEzNzIwWhgP
MjEyNjExMDEwMTM3MjBaMBwxGjAYBgNVBAMMEVVuZGVyc2lnbmVkIHRlc3RzMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEUDskf2QHg2s1yo0rrALwXzfvirQWovYU
VE3TJkWA6SsGwWmgWxRy5hcQykN4mf0B8WIpFXhvxxdIa82CDK+QIqOBgzCBgDAd
BgNVHQ4EFgQUvrDDrYZtR9wv2OL8jREETXTpWb8wHwYDVR0jBBgwFoAUvrDDrYZt
R9wv2OL8jREETXTpWb8wLQYDVR0RBCYwJIIPcmVhZGVycy5leGFtcGxlghEqLnJl
YWRlcnMuZXhhbXBsZTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQC
IH286PGlEV96gofk6yvbaTjCS/OxnMOWipzEkr3DhMpWAiALI2iV11Da9wyryz7/
OVBN95GP9qebRMHXSpg1BfehWw==
-----END CERTIFICATE-----`;

export const certificateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMCyJEPlA8BZj6ASC
2OL0iy1WYAawMt9vnHQiuKl5/WihRANCAARQOyR/ZAeDazXKjSusAvBfN++KtBai
9hRUTdMmRYDpKwbBaaBbFHLmFxDKQ3iZ/QHxYikVeG/HF0hrzYIMr5Ai
-----END PRIVATE KEY-----`;
