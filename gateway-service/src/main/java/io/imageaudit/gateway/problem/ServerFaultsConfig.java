package io.imageaudit.gateway.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Requests that Tomcat refuses before anybody else sees them get the envelope, too. */
@Configuration(proxyBeanMethods = false)
class ServerFaultsConfig {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> serverFaults() {
    return server ->
        server.addContextCustomizers(context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(EnvelopeValve.class.getName());
          }
        });
  }

  /** Writes the envelope in English; there may be no headers to tell another language. */
  public static final class EnvelopeValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable fault) {
      if (response.getStatus() < 400 || response.getContentWritten() > 0) {
        return;
      }
      ProblemCode code = ProblemCodes.of(response.getStatus());
      if (response.getStatus() > 500 && code.status() < 500) {
        response.setStatus(code.status());
      }
      String body =
          """
          {"success":false,"code":"%s","message":"The request cannot be read.","data":null,\
          "errors":[]}
          """
              .formatted(code);
      try {
        response.setContentType("application/json");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        response.finishResponse();
      } catch (IOException _) {
        // The client has gone; nobody is left to tell.
      }
    }
  }
}
