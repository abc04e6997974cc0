from django.http import HttpResponse, JsonResponse


def fault(code, message):
    inside = f"<soap:Fault><faultcode>soap:{code}</faultcode><faultstring>{message}</faultstring></soap:Fault>"
    envelope = (
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">'
        f"<soap:Body>{inside}</soap:Body></soap:Envelope>"
    )
    return HttpResponse(envelope, status=500, content_type="text/xml; charset=utf-8")


def problem(status, title, detail):
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def soap(request):
    # The first operation to write: parse the message with lxml, hold it against orders.xsd, insert the product, and answer
    # createProductResponse.
    return fault("Server", "No operation is written yet.")


def products(request):
    return problem(501, "Not Implemented", "This is not written yet.")


def not_found(request, exception):
    return problem(404, "Not Found", "There is nothing here yet.")
