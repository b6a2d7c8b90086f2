package io.imageaudit.benchmark.intake;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The peer of intake's upload: a Tomcat that writes what it gets to a file and does nothing else.
 * As a program it reads its port and its folder where the suite's programs read their settings.
 */
public final class PlainTomcat extends HttpServlet {

  private static final long serialVersionUID = 1;
  private static final int BUFFER_BYTES = 64 << 10;

  private final transient Path folder;
  private final AtomicLong files = new AtomicLong();

  private PlainTomcat(Path folder) {
    this.folder = folder;
  }

  /** The process of the peer. */
  public static void main(String[] arguments) throws Exception {
    JsonNode settings = JsonMapper.shared().readTree(System.getenv("SPRING_APPLICATION_JSON"));
    Path folder = Files.createDirectories(Path.of(settings.get("folder").asString()));
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(settings.get("server.port").asInt());
    Context context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "files", new PlainTomcat(folder));
    context.addServletMappingDecoded("/*", "files");
    tomcat.getConnector();
    tomcat.start();
    tomcat.getServer().await();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_OK);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    Path file = folder.resolve(Long.toString(files.incrementAndGet()));
    try (var in = request.getInputStream();
        var out = Files.newOutputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    }
    response.setStatus(HttpServletResponse.SC_CREATED);
  }
}
