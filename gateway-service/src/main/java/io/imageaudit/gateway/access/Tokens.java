package io.imageaudit.gateway.access;

import io.imageaudit.model.TenantId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Finds the caller behind a signed token. */
final class Tokens {

  private static final int LONGEST = 8_192;

  private final @Nullable JwtDecoder decoder;
  private final KnownCallers callers;

  Tokens(@Nullable JwtDecoder decoder, KnownCallers callers) {
    this.decoder = decoder;
    this.callers = callers;
  }

  /** The caller whom this token names, if it is believed. */
  Optional<Caller> byToken(String text) {
    if (decoder == null || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return caller(decoder.decode(text));
    } catch (JwtException _) {
      return Optional.empty();
    }
  }

  private Optional<Caller> caller(Jwt token) {
    if (!(token.getClaims().get("tenant") instanceof String tenant)
        || !TenantId.isValid(tenant)
        || !callers.isActive(new TenantId(tenant))) {
      return Optional.empty();
    }
    return Optional.of(new Caller(new TenantId(tenant), "token", scopes(token)));
  }

  /** Scopes as one text with spaces (RFC 8693, section 4.2) or as a list. */
  private static Set<Scope> scopes(Jwt token) {
    Object claim = token.getClaims().get("scope");
    Stream<?> names =
        switch (claim) {
          case String text -> List.of(text.split(" ")).stream();
          case Collection<?> list -> list.stream();
          case null, default -> Stream.empty();
        };
    return names
        .map(name -> Scope.of(String.valueOf(name)))
        .flatMap(Optional::stream)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
  }
}
