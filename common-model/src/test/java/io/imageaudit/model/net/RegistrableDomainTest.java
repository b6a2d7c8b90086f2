package io.imageaudit.model.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrableDomainTest {

  @ParameterizedTest
  @CsvSource({
    "example.com,example.com",
    "a.b.example.com,example.com",
    "IMG.Example.COM,example.com",
    "img.shop.com.cn,shop.com.cn",
    "www.other.com.cn,other.com.cn",
    "shop.co.uk,shop.co.uk",
    "one.github.io,one.github.io",
    "a.stalls.example,stalls.example",
    "com.cn,com.cn",
    "localhost,localhost",
    "127.0.0.1,127.0.0.1",
  })
  void names_share_by_the_domain_that_somebody_registered(String host, String domain) {
    assertThat(RegistrableDomain.of(host)).isEqualTo(domain);
  }
}
