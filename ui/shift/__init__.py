"""Opening, counting and closing the till's shift, and the cash that moves in between."""
