"""What Prometheus reads: requests and their latency, connections, and the lag of the event loop."""
