"""What a spec may turn on besides, each proved on the real thing that it stands for."""
