"""The ways a message leaves the service, each speaking one protocol and knowing no table."""
