package orders;

import jakarta.xml.bind.JAXBException;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.phase.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/** Says in each fault whose mistake it was, and nothing of how the service is made. */
final class Faults extends AbstractSoapInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final String NAMESPACE = "urn:assay:orders";

  Faults() {
    super(Phase.PREPARE_SEND);
  }

  @Override
  public void handleMessage(SoapMessage message) {
    Fault fault = (Fault) message.getContent(Exception.class);
    if (fault.getCause() instanceof Refusal refusal) {
      fault.setFaultCode(Fault.FAULT_CODE_CLIENT);
      fault.setMessage(refusal.getMessage());
      describe(refusal, fault.getOrCreateDetail());
    } else if (isUnreadable(fault.getCause())) {
      fault.setFaultCode(Fault.FAULT_CODE_CLIENT);
    } else if (Fault.FAULT_CODE_SERVER.equals(fault.getFaultCode())) {
      LOG.error("A message failed", fault);
      fault.setMessage("The service failed.");
    }
  }

  private static void describe(Refusal refusal, Element detail) {
    String[] words = refusal.kind.name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder name = new StringBuilder(words[0]);
    for (int word = 1; word < words.length; word++) {
      name.append(Character.toUpperCase(words[word].charAt(0))).append(words[word].substring(1));
    }
    Element element = detail.getOwnerDocument().createElementNS(NAMESPACE, "o:" + name);
    element.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:o", NAMESPACE);
    refusal.details.forEach((key, value) -> element.setAttribute(key, String.valueOf(value)));
    detail.appendChild(element);
  }

  private static boolean isUnreadable(Throwable cause) {
    return cause instanceof XMLStreamException || cause instanceof JAXBException;
  }
}
