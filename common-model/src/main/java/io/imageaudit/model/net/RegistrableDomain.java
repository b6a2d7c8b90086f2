package io.imageaudit.model.net;

import java.util.Locale;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * The domain that somebody has registered a host's name under: {@code shop.co.uk} for {@code
 * www.shop.co.uk}, by the list of public suffixes. Names of one such domain have one owner; names
 * that only share {@code co.uk} have not.
 */
public final class RegistrableDomain {

  private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();

  private RegistrableDomain() {}

  /**
   * The domain of a host, in small letters; of an address, or a name that is a public suffix, that
   * itself.
   */
  public static String of(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (HostRule.literal(lower) != null) {
      return lower;
    }
    String domain = SUFFIXES.getDomainRoot(lower);
    return domain == null ? lower : domain;
  }
}
