"""Floor 4: data checks V01 to V06 on rows and across sheets. Pure."""
