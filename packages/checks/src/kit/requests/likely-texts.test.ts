import { describe, expect, it } from 'vitest';
import { likelyText } from './likely-texts.ts';

describe('likelyText', () => {
  it.each([
    ['/email', /^w1@example\.com$/],
    ['/contact/eMail', /@/],
    ['/homepageUrl', /^https:\/\//],
    ['/avatar', /^https:\/\//],
    ['/phoneNumber', /^\+1415555\d{4}$/],
    ['/postal_code', /^\d{5}$/],
    ['/password', /^Aa1!w1$/],
    ['/birthday', /^\d{4}-\d\d-\d\d$/],
    ['/startsAt', /T.*Z$/],
    ['/currency', /^[A-Z]{3}$/],
    ['/countryCode', /^[A-Z]{2}$/],
    ['/deviceUuid', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/],
    ['/total', /^[1-9]\d$/],
  ])('makes of %s what its name says', (place, pattern) => {
    expect(likelyText(place, 'w1')).toMatch(pattern);
  });

  it('goes by the field’s name where the text is an item of a list', () => {
    expect(likelyText('/emails/0', 'w1')).toBe('w1@example.com');
  });

  it('has nothing to say of other names', () => {
    expect(['/title', '/notes', '/0', ''].map((place) => likelyText(place, 'w1'))).toEqual([null, null, null, null]);
  });

  it('is another text for another word', () => {
    const made = Array.from({ length: 50 }, (_, index) => likelyText('/phone', `word${index}`));
    expect(new Set(made).size).toBeGreaterThan(45);
  });
});
