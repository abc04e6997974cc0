<?php

declare(strict_types=1);

namespace Blog;

/** Asks for a URL that a user gave, and never connects to what is not of the public Internet. */
function isReachable(string $url): bool
{
    $parts = parse_url($url);
    if ($parts === false) {
        return false;
    }
    $port = $parts['port'] ?? ($parts['scheme'] === 'https' ? 443 : 80);
    $addresses = gethostbynamel($parts['host']) ?: [];
    if ($addresses === [] || array_filter($addresses, isPublic(...)) !== $addresses) {
        return false;
    }
    $curl = curl_init($url);
    curl_setopt_array($curl, [
        // Connects to the address that was looked at; the name might lead elsewhere the next time.
        CURLOPT_CONNECT_TO => ["::$addresses[0]:$port"],
        CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
        CURLOPT_PROXY => '',
        CURLOPT_TIMEOUT => 3,
        CURLOPT_NOSIGNAL => true,
        // The head is enough; the body is broken off.
        CURLOPT_WRITEFUNCTION => static fn () => 0,
    ]);
    curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    return $status >= 200 && $status < 400;
}

function isPublic(string $address): bool
{
    $notMulticast = (int) $address < 224;
    return $notMulticast && filter_var($address, FILTER_VALIDATE_IP, FILTER_FLAG_IPV4 | FILTER_FLAG_GLOBAL_RANGE) !== false;
}
