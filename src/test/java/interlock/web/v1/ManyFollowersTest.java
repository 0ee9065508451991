package interlock.web.v1;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import interlock.web.Answer;
import interlock.web.RunningService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hundreds of clients follow one plan, and two of them never read what they are sent. */
@Timeout(300)
@ExtendWith(RunningService.Shared.class)
class ManyFollowersTest {
    private static final int FOLLOWERS = 500;
    private static final int ASLEEP = 2;
    private static final int ACTIONS = 30;

    private final RunningService service;

    ManyFollowersTest(RunningService service) {
        this.service = service;
    }

    @Test
    void allThatReadSeeAllEventsAndTheServiceStaysReady() throws Exception {
        UUID plan = service.create(chain());
        CountDownLatch following = new CountDownLatch(FOLLOWERS - ASLEEP);
        List<Socket> asleep = new ArrayList<>();
        List<Future<List<Long>>> seen = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();

        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> alwaysReady = clients.submit(() -> isReadyUntil(over));
            for (int i = 0; i < ASLEEP; i++) {
                asleep.add(follow(plan));
            }
            for (int i = ASLEEP; i < FOLLOWERS; i++) {
                seen.add(clients.submit(() -> revisions(plan, following)));
            }
            following.await();
            service.run(plan);

            List<Long> all = LongStream.rangeClosed(
                            1, service.plan(plan).path("revision").asLong())
                    .boxed()
                    .toList();
            for (Future<List<Long>> each : seen) {
                assertThat(each.get()).isEqualTo(all);
            }
            over.set(true);
            assertThat(alwaysReady.get()).isTrue();
        } finally {
            for (Socket each : asleep) {
                each.close();
            }
        }
    }

    @Test
    void followersOfAnEndedPlanLeaveTheServiceToOthers() throws Exception {
        UUID ended = service.create(chain());
        service.run(ended);
        long last = service.plan(ended).path("revision").asLong();
        CountDownLatch following = new CountDownLatch(FOLLOWERS);
        List<Socket> followers = new ArrayList<>();

        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < FOLLOWERS; i++) {
                Socket follower = follow(ended);
                followers.add(follower);
                clients.submit(() -> {
                    new Events(follower).until(last);
                    following.countDown();
                    return null;
                });
            }
            following.await();
        }

        UUID bystander = service.create(chain());
        service.start(bystander);
        await().atMost(RunningService.PATIENCE).until(() -> {
            assertThat(service.get("/health/ready").status()).isEqualTo(200);
            return service.plan(bystander).path("state").asText().equals("SUCCEEDED");
        });
        for (Socket each : followers) {
            each.close();
        }
    }

    private boolean isReadyUntil(AtomicBoolean over) {
        boolean ready = true;
        while (ready && !over.get()) {
            ready = service.get("/health/ready").status() == 200;
        }
        return ready;
    }

    private List<Long> revisions(UUID plan, CountDownLatch following) throws IOException {
        try (Socket socket = follow(plan)) {
            Events events = new Events(socket);
            List<Long> revisions = new ArrayList<>(events.until(1));
            following.countDown();
            revisions.addAll(events.untilTheEnd());
            return revisions;
        }
    }

    /** By HTTP/1.0, so that the answer is what was written, and not in chunks. */
    private Socket follow(UUID plan) throws IOException {
        Socket socket = new Socket("127.0.0.1", service.uri().getPort());
        socket.getOutputStream()
                .write("GET /v1/action_plans/%s/events HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"
                        .formatted(plan)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** The events that a client is sent. */
    private static final class Events {
        private final BufferedReader lines;

        Events(Socket socket) throws IOException {
            this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** {@return the revisions up to one} */
        List<Long> until(long last) throws IOException {
            List<Long> revisions = new ArrayList<>();
            while (revisions.isEmpty() || revisions.getLast() < last) {
                String line = line();
                if (line.startsWith("id: ")) {
                    revisions.add(Long.parseLong(line.substring("id: ".length())));
                }
            }
            return revisions;
        }

        /** {@return the revisions up to the one with which the plan has succeeded} */
        List<Long> untilTheEnd() throws IOException {
            List<Long> revisions = new ArrayList<>();
            while (true) {
                String line = line();
                if (line.startsWith("id: ")) {
                    revisions.add(Long.parseLong(line.substring("id: ".length())));
                } else if (line.startsWith("data: ")
                        && Answer.json(line.substring("data: ".length()))
                                .path("state")
                                .asText()
                                .equals("SUCCEEDED")) {
                    return revisions;
                }
            }
        }

        private String line() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the stream ended");
            }
            return line;
        }
    }

    private static String chain() {
        return IntStream.range(0, ACTIONS)
                .mapToObj(n -> "{\"id\": \"a%d\", \"action_type\": \"nop\", \"parents\": [%s]}"
                        .formatted(n, n == 0 ? "" : "\"a%d\"".formatted(n - 1)))
                .collect(joining(",", "{\"actions\": [", "]}"));
    }
}
