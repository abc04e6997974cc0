/** The namespaces that reading a WSDL needs to know. */
export const wsdlNamespace = 'http://schemas.xmlsoap.org/wsdl/';
export const xsdNamespace = 'http://www.w3.org/2001/XMLSchema';
export const xsiNamespace = 'http://www.w3.org/2001/XMLSchema-instance';
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
export const soapEncodingNamespace = 'http://schemas.xmlsoap.org/soap/encoding/';

/** By version: how a binding in a WSDL speaks of it, and how its envelopes do. */
export const soapBindings = {
  '1.1': 'http://schemas.xmlsoap.org/wsdl/soap/',
  '1.2': 'http://schemas.xmlsoap.org/wsdl/soap12/',
} as const;
export const soapEnvelopes = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;
