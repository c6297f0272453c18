"""A made-up chain of shops, drawn from one seed number: the data that the demo and the journeys run on."""
