package interlock.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to untrusted servers. The time-out covers the whole exchange, from connecting to the last byte of the
 * body; the connection is closed when the body is longer than a limit.
 *
 * <p>The time-out of {@link HttpRequest} ends with the headers, and the JDK's body handlers have no limit.
 *
 * @param client sends the requests
 * @param timeout the limit for one exchange
 * @param longestBody how many bytes of a body are read
 */
public record BoundedExchange(HttpClient client, Duration timeout, int longestBody) {
    /**
     * An answer.
     *
     * @param body the body, or the beginning of it; empty if it was not wanted
     * @param complete whether the whole body was read
     */
    public record Answer(int status, HttpHeaders headers, String body, boolean complete) {}

    /**
     * Sends a request and waits for the answer.
     *
     * <p>If the status says that the body is not wanted, the answer is returned after the headers. A short body is
     * still read in the background, so that the connection can be reused.
     *
     * @param bodyWanted selects the statuses whose bodies are read
     * @return the answer, if its headers arrived in time
     * @throws HttpTimeoutException when they did not
     * @throws IOException when the connection cannot be made, or breaks before the headers have arrived
     * @throws InterruptedException when the thread is interrupted; the exchange is cancelled
     */
    public Answer send(HttpRequest request, IntPredicate bodyWanted) throws IOException, InterruptedException {
        AtomicReference<@Nullable AnswerReader> begun = new AtomicReference<>();
        CompletableFuture<HttpResponse<Answer>> exchange = client.sendAsync(request, head -> {
            AnswerReader reader = new AnswerReader(head, longestBody, bodyWanted.test(head.statusCode()));
            begun.set(reader);
            return reader;
        });
        try {
            return exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS).body();
        } catch (TimeoutException _) {
            AnswerReader reader = begun.get();
            exchange.cancel(true);
            if (reader == null) {
                throw new HttpTimeoutException("no answer within " + seconds());
            }
            return reader.giveUp();
        } catch (InterruptedException e) {
            AnswerReader reader = begun.get();
            exchange.cancel(true);
            if (reader != null) {
                reader.giveUp();
            }
            throw e;
        } catch (CancellationException e) {
            throw new IOException("the exchange was cancelled", e);
        } catch (ExecutionException e) {
            AnswerReader reader = begun.get();
            if (reader == null) {
                throw unwrapped(e);
            }
            return reader.giveUp();
        }
    }

    private String seconds() {
        return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }

    private static IOException unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case IOException broken -> broken;
            case RuntimeException defect -> throw defect;
            case Error defect -> throw defect;
            case null, default -> new IOException(e);
        };
    }
}
