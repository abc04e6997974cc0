"""SOAP 1.1, document/literal: reads messages, and writes answers and faults."""

import threading
from pathlib import Path

from lxml import etree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
NEXT_ACTOR = "http://schemas.xmlsoap.org/soap/actor/next"
ORDERS = "urn:assay:orders"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
CONTRACT = Path(__file__).resolve().parent.parent / "contract"

# A schema keeps the errors of its last validation, so each thread has one of its own.
_local = threading.local()


class BadMessage(Exception):
    """A message that is not as the contract has it. `code` is Client, VersionMismatch or MustUnderstand."""

    def __init__(self, message, code="Client"):
        super().__init__(message)
        self.message = message
        self.code = code


def read_message(content):
    """What a message asks for: the one element in its body, which names the operation, and is valid by the schema."""
    # Nothing outside of the message is read, whatever a document type in it says.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise BadMessage("The message is not well-formed XML.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadMessage("A SOAP message must not have a document type.")
    name = etree.QName(root)
    if name.localname != "Envelope":
        raise BadMessage("The message is not a SOAP envelope.")
    if name.namespace != SOAP:
        raise BadMessage("The envelope is not one of SOAP 1.1.", "VersionMismatch")
    for block in root.iterfind(f"{{{SOAP}}}Header/*"):
        check_header_block(block)
    requests = root.findall(f"{{{SOAP}}}Body/*")
    if len(requests) != 1:
        raise BadMessage("The body must hold one element.")
    check_by_schema(requests[0])
    return requests[0]


def check_header_block(block):
    """This service knows no header blocks, so it has to refuse those addressed to it that must be understood."""
    if block.get(f"{{{SOAP}}}actor", "").strip() not in ("", NEXT_ACTOR):
        return
    if block.get(f"{{{SOAP}}}mustUnderstand") in ("1", "true"):
        raise BadMessage(f"The header block {etree.QName(block).localname} is not understood.", "MustUnderstand")


def check_by_schema(element):
    if not hasattr(_local, "schema"):
        _local.schema = etree.XMLSchema(file=str(CONTRACT / "orders.xsd"))
    try:
        _local.schema.assertValid(element)
    except etree.DocumentInvalid as error:
        reason = str(error).replace(f"{{{ORDERS}}}", "")
        raise BadMessage(f"The message is not as the schema has it: {reason}") from None


def child(parent, name):
    """The first element inside of that name; None when there is none."""
    return parent.find(f"{{{ORDERS}}}{name}")


def children(parent, name):
    return parent.findall(f"{{{ORDERS}}}{name}")


def text(parent, name):
    """The text of an element inside; None when it is absent or nil."""
    element = child(parent, name)
    if element is None or element.get(f"{{{XSI}}}nil", "").strip() in ("1", "true"):
        return None
    return element.text or ""


def element(name, *inside, **attributes):
    made = etree.Element(f"{{{ORDERS}}}{name}", nsmap={"o": ORDERS, "xsi": XSI})
    for key, value in attributes.items():
        made.set(key, str(value))
    made.extend(inside)
    return made


def leaf(name, value):
    """An element of a text, or a nil one for None."""
    made = element(name)
    if value is None:
        made.set(f"{{{XSI}}}nil", "true")
    else:
        made.text = str(value)
    return made


def answer(operation, inside):
    return envelope(element(f"{operation}Response", *inside))


def fault(code, message, refusal=None):
    made = etree.Element(f"{{{SOAP}}}Fault", nsmap={"soap": SOAP})
    etree.SubElement(made, "faultcode").text = f"soap:{code}"
    etree.SubElement(made, "faultstring").text = message
    if refusal is not None:
        etree.SubElement(made, "detail").append(element(refusal.kind, **refusal.details))
    return envelope(made)


def envelope(inside):
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP})
    etree.SubElement(root, f"{{{SOAP}}}Body").append(inside)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
