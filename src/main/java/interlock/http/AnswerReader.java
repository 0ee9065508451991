package interlock.http;

import interlock.http.BoundedExchange.Answer;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the beginning of one body, then cancels the rest. The HTTP client's threads bring the bytes; any thread may
 * give up. All fields are guarded by this, except for the futures, which are completed outside of the lock.
 */
final class AnswerReader implements BodySubscriber<Answer> {
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

    /** How long the rest of an unwanted body may take before the connection is closed. */
    private static final long DRAIN_SECONDS = 2;

    private final ResponseInfo head;
    private final int longest;
    private final boolean wanted;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    private int read;
    private boolean over;

    AnswerReader(ResponseInfo head, int longest, boolean wanted) {
        this.head = head;
        this.longest = longest;
        this.wanted = wanted;
        if (!wanted) {
            answer.complete(answer(false));
            var _ = drained.completeOnTimeout(null, DRAIN_SECONDS, TimeUnit.SECONDS)
                    .thenRun(() -> end(false));
        }
    }

    @Override
    public CompletionStage<Answer> getBody() {
        return answer;
    }

    @Override
    public void onSubscribe(Subscription given) {
        if (begin(given)) {
            given.request(1);
        } else {
            given.cancel();
        }
    }

    private synchronized boolean begin(Subscription given) {
        subscription = given;
        return !over;
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Subscription more = take(buffers);
        if (more == null) {
            end(false);
        } else {
            more.request(1);
        }
    }

    /** {@return the subscription to request more bytes from; null if no more are needed} */
    private synchronized @Nullable Subscription take(List<ByteBuffer> buffers) {
        if (over) {
            return null;
        }
        for (ByteBuffer buffer : buffers) {
            int size = Math.min(buffer.remaining(), longest - read);
            if (wanted) {
                byte[] bytes = new byte[size];
                buffer.get(bytes);
                body.writeBytes(bytes);
            }
            read += size;
            if (wanted ? buffer.hasRemaining() : read == longest) {
                return null;
            }
        }
        return subscription;
    }

    @Override
    public void onComplete() {
        end(true);
    }

    /** Completes normally: the status is known, and matters more than the broken body. */
    @Override
    public void onError(Throwable throwable) {
        end(false);
    }

    /**
     * Stops reading.
     *
     * @return the answer so far
     */
    Answer giveUp() {
        end(false);
        return answer.join();
    }

    private void end(boolean complete) {
        Subscription rest;
        Answer found;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            rest = complete ? null : subscription;
            found = answer(complete);
        }
        answer.complete(found);
        drained.complete(null);
        if (rest != null) {
            rest.cancel();
        }
    }

    private Answer answer(boolean complete) {
        return new Answer(head.statusCode(), head.headers(), body.toString(charset(head.headers())), complete);
    }

    private static Charset charset(HttpHeaders headers) {
        Matcher named = CHARSET.matcher(headers.firstValue("Content-Type").orElse(""));
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return StandardCharsets.UTF_8;
        }
    }
}
