package interlock.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulatedCinderTest extends SimulatorFixture {
    @Test
    void aVolumeMovesAndIsLockedMeanwhileIfItIsFree() throws Exception {
        String move = "{\"os-migrate_volume\": {\"host\": \"c@two#x\", \"lock_volume\": true}}";
        assertThat(cinder("POST", "/volumes/%s/action".formatted(VOLUME), move).status())
                .isEqualTo(202);
        cinder("POST", "/volumes/%s/action".formatted(FREE), move);

        assertThat(volume(VOLUME)).isEqualTo("in-use migrating fast in c@one#x");
        assertThat(volume(FREE)).isEqualTo("maintenance migrating fast in c@one#x");
        assertThat(cinder("POST", "/volumes/%s/action".formatted(FREE), move).status())
                .isEqualTo(400);
        later(10);

        assertThat(volume(VOLUME)).isEqualTo("in-use success fast in c@two#x");
        assertThat(volume(FREE)).isEqualTo("available success fast in c@two#x");
    }

    @Test
    void aRetypedVolumeGoesWhereItsTypeIs() throws Exception {
        cinder("POST", "/volumes/%s/action".formatted(VOLUME), "{\"os-retype\": {\"new_type\": \"slow\"}}");
        assertThat(volume(VOLUME)).isEqualTo("retyping null fast in c@one#x");
        later(10);

        assertThat(volume(VOLUME)).isEqualTo("in-use success slow in c@two#x");
    }
}
