"""What the browser meets before and beside the pages: the door, the guard, the push, the downloads."""
