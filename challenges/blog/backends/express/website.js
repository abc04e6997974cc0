import { lookup as resolve } from 'node:dns';
import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { refusals } from './problem.js';

// What is not of the public Internet (IANA's special-purpose registries). IPv4 addresses written as IPv6 are found, too.
const notPublic = new BlockList();
for (const range of [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
  '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
]) {
  const [network, bits] = range.split('/');
  notPublic.addSubnet(network, Number(bits), 'ipv4');
}
// Of IPv6, only 2000::/3 is public; tunnels and documentation in it are not.
for (const range of ['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16']) {
  const [network, bits] = range.split('/');
  notPublic.addSubnet(network, Number(bits), 'ipv6');
}

const isPublic = (address) => !notPublic.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Resolves names for the connection itself, so that what was looked at is what is connected to. */
function resolvePublic(hostname, options, callback) {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error);
    if (!addresses.every(({ address }) => isPublic(address))) return callback(new Error(`${hostname} is not public`));
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0].address, addresses[0].family);
  });
}

/** Throws a problem unless a public website answers at this URL. */
export async function checkWebsite(url) {
  const reached = await new Promise((done) => {
    try {
      const { protocol, hostname } = new URL(url);
      if (isIP(hostname) && !isPublic(hostname)) return done(false);
      const get = protocol === 'https:' ? getHttps : getHttp;
      const options = { lookup: resolvePublic, agent: false, signal: AbortSignal.timeout(3000) };
      const request = get(url, options, (response) => {
        response.destroy();
        done(response.statusCode < 400);
      });
      request.on('error', () => done(false));
    } catch {
      done(false);
    }
  });
  if (!reached) throw refusals['website-unreachable']();
}
