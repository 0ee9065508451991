package interlock.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import interlock.http.FarEnd;
import interlock.web.RunningService;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** How events come to their receivers, whatever those answer. */
class WebhookDeliveryTest extends WebhookFixture {
    WebhookDeliveryTest(RunningService service) {
        super(service);
    }

    @Test
    void everyBodyIsSigned() throws Exception {
        subscribe(hook);

        var plan = service.create(TWO);
        var told = hook.awaitOf(plan, request -> request.type().equals("action.create"));

        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(told)
                .allSatisfy(request -> assertThat(request.header("X-hub-signature-256"))
                        .isEqualTo("sha256="
                                + HexFormat.of()
                                        .formatHex(mac.doFinal(request.body().getBytes(StandardCharsets.UTF_8)))));
    }

    @Test
    void aReceiverThatWasAwayIsToldEverythingInOrder() {
        var webhook = subscribe(hook);
        int port = hook.port();
        hook.close();

        var plan = service.create(TWO);
        service.run(plan);
        await().atMost(PATIENCE).until(() -> show(webhook).path("failures").asInt() >= 2);
        var away = show(webhook);
        try (var back = new Hook(port)) {
            var told = back.awaitOf(plan, WebhookFixture::isLast);

            assertThat(away.path("last_error").asText()).isEqualTo("cannot connect to 127.0.0.1:" + port);
            assertThat(away.path("next_attempt_at").isNull()).isFalse();
            assertThat(told).hasSize(3 + 2 + 2 * 4 + 3);
            assertThat(told)
                    .extracting(request -> request.event().path("sequence").asText())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void oneThatRefusesHoldsUpNoOther() {
        subscribe(hook);
        try (var deaf = new Hook().answer(500, Map.of())) {
            var refusing = subscribe(deaf);

            var plan = service.create(TWO);
            service.run(plan);

            assertThat(hook.awaitOf(plan, WebhookFixture::isLast)).isNotEmpty();
            deaf.awaitRefusal();
            await().atMost(PATIENCE).until(() -> show(refusing).path("failures").asInt() > 0);
            assertThat(show(refusing).path("last_error").asText()).isEqualTo("the receiver answered 500");
            assertThat(show(refusing).path("delivered").asInt()).isZero();
            assertThat(deaf.refused())
                    .extracting(request -> request.event().path("id").asText())
                    .as("the first one is tried again and again")
                    .containsOnly(deaf.refused().getFirst().event().path("id").asText());
        }
    }

    @Test
    void sixtyFourWhoseAnswersDripHoldUpNoOther() {
        try (var silent = FarEnd.dripping("HTTP/1.1 200 OK\r\nX-Long: ");
                var dripping = FarEnd.dripping("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")) {
            for (int i = 0; i < 64; i++) {
                subscribe(silent.url());
            }
            var taken = subscribe(dripping.url());
            subscribe(hook);

            var plan = service.create(TWO);
            service.run(plan);

            assertThat(hook.awaitOf(plan, WebhookFixture::isLast)).isNotEmpty();
            await().atMost(PATIENCE).until(() -> show(taken).path("delivered").asInt() > 3);
            await().atMost(PATIENCE)
                    .until(() -> service.get("/v1/webhooks")
                                    .json()
                                    .path("webhooks")
                                    .valueStream()
                                    .filter(it -> it.path("last_error").asText().equals("no answer within 10 s"))
                                    .count()
                            == 64);
        }
    }

    @Test
    void aReceiverIsLeftAloneForAsLongAsItAsks() {
        hook.answer(503, Map.of("Retry-After", "600"));
        var webhook = subscribe(hook);

        var before = Instant.now();
        service.create(TWO);
        hook.awaitRefusal();
        var failed = await().atMost(PATIENCE)
                .until(() -> show(webhook), it -> !it.path("next_attempt_at").isNull());

        assertThat(Instant.parse(failed.path("next_attempt_at").asText().replace("+00:00", "Z")))
                .isBetween(before.plusSeconds(590), before.plusSeconds(660));
    }

    @Test
    void aReceiverThatIsGoneIsToldNothingAnyMore() {
        hook.answer(410, Map.of());
        var webhook = subscribe(hook);

        service.create(TWO);
        var gone = await().atMost(PATIENCE)
                .until(() -> show(webhook), it -> it.path("state").asText().equals("GONE"));

        assertThat(gone.path("last_error").asText()).isEqualTo("the receiver answered 410");
        assertThat(hook.refused()).hasSize(1);
    }

    @Test
    void aRedirectionIsNotFollowed() {
        try (var other = new Hook()) {
            hook.answer(307, Map.of("Location", other.url()));
            var webhook = subscribe(hook);

            service.create(TWO);
            await().atMost(PATIENCE).until(() -> show(webhook).path("failures").asInt() > 0);

            assertThat(show(webhook).path("last_error").asText()).isEqualTo("the receiver answered 307");
            assertThat(other.taken()).isEmpty();
        }
    }
}
