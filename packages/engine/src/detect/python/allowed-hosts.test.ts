import { expect, test } from 'vitest';
import { recognised } from '../recognised.ts';

function given(settings: string): unknown {
  const [found] = recognised({
    'manage.py': "import django\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
    'requirements.txt': 'django\n',
    'shop/settings.py': settings,
  });
  const { PYTHONUNBUFFERED: _, ...others } = found?.environment ?? {};
  return others;
}

test.each([
  [
    "ALLOWED_HOSTS = []\nALLOWED_HOSTS.extend(\n    filter(\n        None,\n        os.environ.get('ALLOWED_HOSTS', '').split(',')))",
    'ALLOWED_HOSTS',
  ],
  ['ALLOWED_HOSTS = ["*"] if DEBUG else split(getenv("ALLOWED_HOSTS", ""))\n', 'ALLOWED_HOSTS'],
  ["ALLOWED_HOSTS = env.list('DJANGO_ALLOWED_HOSTS', default=['shop.example'])", 'DJANGO_ALLOWED_HOSTS'],
  ["ALLOWED_HOSTS = config(\n    'ALLOWED_HOSTS', cast=Csv())\n", 'ALLOWED_HOSTS'],
])('Django is told the host under which it is asked: %j', (settings, name) => {
  expect(given(settings)).toEqual({ [name]: '127.0.0.1' });
});

test('hosts in JSON are told in JSON, and those that are allowed anyway are not narrowed', () => {
  expect(given("ALLOWED_HOSTS = json.loads(os.environ['ALLOWED_HOSTS'])\n")).toEqual({
    ALLOWED_HOSTS: '["127.0.0.1"]',
  });
  expect(given("ALLOWED_HOSTS = os.environ.get('ALLOWED_HOSTS', '*').split(',')\n")).toEqual({});
  expect(
    given("ALLOWED_HOSTS = env.list(\n    'HOSTS_ALLOWED_HOSTS',\n    default=['localhost', '127.0.0.1'])\n"),
  ).toEqual({});
  expect(given("ALLOWED_HOSTS = ['*']\n")).toEqual({});
});
