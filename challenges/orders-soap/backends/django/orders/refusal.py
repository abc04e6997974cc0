class Refusal(Exception):
    """A request that is well made and cannot be done as things are: one of the faults that the WSDL declares."""

    def __init__(self, kind, message, **details):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.details = details
