package interlock.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** An error after which the process has to end reaches what ends it. */
@Isolated
class FatalErrorTest {
    private final CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
    private Thread.UncaughtExceptionHandler before;

    @BeforeEach
    void listen() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> uncaught.complete(thrown));
    }

    @AfterEach
    void listenNoMore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void memoryThatRunsOutInARequestIsNoMatterOfThatRequestAlone() throws Exception {
        var error = new OutOfMemoryError("Java heap space");
        WebServer.Routes routes = config -> config.get("/", _ -> {
            throw error;
        });
        try (WebServer server = WebServer.start(
                        "127.0.0.1",
                        0,
                        new RequestGuard("127.0.0.1", "localhost", List.of()),
                        new QueuedThreadPool(),
                        List.of(routes));
                HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(server.port())))
                    .build();

            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(500);
            assertThat(uncaught.get(10, TimeUnit.SECONDS)).isSameAs(error);
        }
    }
}
