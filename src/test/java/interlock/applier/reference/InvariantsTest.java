package interlock.applier.reference;

import interlock.applier.Rig;
import interlock.neo4j.Neo4jServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random plans under random trouble. Whatever happens, the promises hold at every moment, what is stored is what the
 * reference says, and every plan ends. Appliers of every other seed work inside the process of the database. The seed is the test's name; {@code -Dinterlock.seeds=1000} tries more of them,
 * {@code -Dinterlock.seed=N} begins there. When a seed fails, the plans are made smaller as long as it still does.
 */
@ExtendWith(Neo4jServer.class)
class InvariantsTest {
    /** Fewer than a plan has, so that it may be paused, cancelled or cut off while it is opened, and while others are claimed. */
    private static final int MOST_AT_ONCE = 5;

    /** For all seeds that fail: to have one plan made small is enough to look for the reason. */
    private static final int SMALLER_TRIES = 60;

    private static int tries;

    static List<Long> seeds() {
        long first = Long.getLong("interlock.seed", 1);
        List<Long> seeds = new ArrayList<>();
        for (long seed = first; seed < first + Integer.getInteger("interlock.seeds", 100); seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void thePromisesHoldAtEveryMomentAndEveryPlanEnds(long seed) {
        Random random = new Random(seed);
        List<RandomPlan> plans = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            plans.add(RandomPlan.of("p%d.".formatted(i), random));
        }
        Optional<Throwable> failure = failure(plans, seed);
        if (failure.isPresent()) {
            throw smallest(plans, failure.get(), seed);
        }
    }

    private static Optional<Throwable> failure(List<RandomPlan> plans, long seed) {
        Neo4jServer.empty();
        int atOnce = 1 + (int) (seed % MOST_AT_ONCE);
        try (Rig rig = new Rig(seed % 2 == 0, atOnce, atOnce)) {
            Story story = new Story(rig, seed);
            try {
                story.run(plans);
                return Optional.empty();
            } catch (AssertionError | RuntimeException e) {
                return Optional.of(new AssertionError(e + "\nWhat happened:\n" + story.history(), e));
            }
        }
    }

    private static AssertionError smallest(List<RandomPlan> plans, Throwable failure, long seed) {
        List<RandomPlan> smallest = plans;
        Throwable why = failure;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (List<RandomPlan> candidate : smaller(smallest)) {
                Optional<Throwable> still = tries++ < SMALLER_TRIES ? failure(candidate, seed) : Optional.empty();
                if (still.isPresent()) {
                    smallest = candidate;
                    why = still.get();
                    smaller = true;
                    break;
                }
            }
        }
        return new AssertionError("seed %d, with %s: %s".formatted(seed, smallest, why.getMessage()), why);
    }

    private static List<List<RandomPlan>> smaller(List<RandomPlan> plans) {
        List<List<RandomPlan>> smaller = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            if (plans.size() > 1) {
                List<RandomPlan> fewer = new ArrayList<>(plans);
                fewer.remove(i);
                smaller.add(fewer);
            }
            for (RandomPlan each : plans.get(i).smaller()) {
                List<RandomPlan> candidate = new ArrayList<>(plans);
                candidate.set(i, each);
                smaller.add(candidate);
            }
        }
        return smaller;
    }
}
