package io.imageaudit.gateway;

/** The credentials of the tests. */
final class Keys {

  static final String TENANT = "acme";
  static final String API_KEY = "iak_test1_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
  static final String ADMIN_KEY = "iak_admin1_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
  static final String JWT_SECRET = "a-secret-for-tests-alone-of-more-than-32-bytes";
  static final String ISSUER = "https://issuer.example";
  static final String AUDIENCE = "image-audit-tests";

  private Keys() {}
}
