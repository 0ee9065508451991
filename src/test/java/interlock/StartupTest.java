package interlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.applier.PlanGraph.GraphUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.exceptions.AuthenticationException;

class StartupTest {
    private final List<String> lines = new ArrayList<>();
    private Duration time = Duration.ZERO;

    private Startup startup(Optional<Duration> patience) {
        return new Startup(() -> time.toNanos(), this::pass, lines::add, patience);
    }

    private void pass(Duration duration) {
        time = time.plus(duration);
    }

    /** Answers when so many questions were not answered. */
    private static Supplier<String> answeringAfter(int failures, List<Integer> asked) {
        return () -> {
            asked.add(asked.size());
            if (asked.size() <= failures) {
                throw new GraphUnavailable("5000ms are over\nand more", new IllegalStateException());
            }
            return "here";
        };
    }

    @Test
    void itIsToldWhatIsWaitedForAndForHowLong() {
        Startup startup = startup(Optional.empty());

        startup.tell();
        startup.during("migrating the schema", () -> {
            pass(Duration.ofSeconds(12));
            startup.tell();
        });
        startup.tell();
        startup.over();
        startup.tell();

        assertThat(lines)
                .containsExactly(
                        "starting the service (0 s so far)",
                        "migrating the schema (12 s so far)",
                        "starting the service (12 s so far)");
    }

    @Test
    void anEmbeddedDatabaseIsAskedUntilItAnswers() {
        var asked = new ArrayList<Integer>();

        assertThat(startup(Optional.empty()).during("waiting", answeringAfter(10_000, asked)))
                .isEqualTo("here");
        assertThat(asked).hasSize(10_001);
    }

    @Test
    void aServerIsAskedForATime() {
        Startup startup = startup(Optional.of(Duration.ofSeconds(20)));

        assertThat(startup.during("waiting", answeringAfter(20, new ArrayList<>())))
                .isEqualTo("here");
        assertThatThrownBy(() -> startup.during("waiting", answeringAfter(21, new ArrayList<>())))
                .isInstanceOf(GraphUnavailable.class);
    }

    @Test
    void whyTheDatabaseDoesNotAnswerIsToldToo() {
        Startup startup = startup(Optional.empty());
        var asked = new ArrayList<Integer>();

        startup.during("waiting", () -> {
            startup.tell();
            return answeringAfter(1, asked).get();
        });

        assertThat(lines).containsExactly("waiting (0 s so far)", "waiting (1 s so far; 5000ms are over)");
    }

    @Test
    void aDatabaseThatDoesNotLetInterlockInIsNotAskedAgain() {
        Startup startup = startup(Optional.of(Duration.ofHours(1)));
        var refused = new GraphUnavailable("unauthorized", new AuthenticationException("code", "unauthorized"));

        assertThatThrownBy(() -> startup.during("waiting", () -> {
                    throw refused;
                }))
                .isSameAs(refused);
        assertThat(time).isZero();
    }
}
