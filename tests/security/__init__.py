"""What an attacker would try, at running services: black boxes that speak HTTP."""
