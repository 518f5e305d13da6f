package dev.belfry.embedded.training;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PreparationTests {

	private static final Path JAR = Path.of("/opt/belfry/belfry.jar");

	@Test
	void namesAnArchiveOfClassesBeforeJava25() {
		assertThat(new Preparation(JAR, 24).options(Path.of("/opt/belfry/belfry.jsa")))
			.contains("\n\"-XX:SharedArchiveFile=/opt/belfry/belfry.jsa\"\n")
			.doesNotContain("AOTCache");
	}

	@Test
	void namesAnAotCacheFromJava25On() {
		assertThat(new Preparation(JAR, 25).options(Path.of("/opt/belfry/belfry.aot")))
			.contains("\n\"-XX:AOTCache=/opt/belfry/belfry.aot\"\n")
			.doesNotContain("SharedArchiveFile");
	}

	@Test
	void writesPathsAsAnArgumentFileTakesThem() {
		assertThat(new Preparation(JAR, 17).options(Path.of("C:\\Program Files\\belfry.jsa")))
			.contains("\"-XX:SharedArchiveFile=C:\\\\Program Files\\\\belfry.jsa\"");
	}

	@Test
	void startsWithoutAnArchiveWhenTheTrainingFailed() {
		assertThat(new Preparation(JAR, 17).options(null)).contains("\n-XX:+ExitOnOutOfMemoryError\n")
			.doesNotContain("SharedArchiveFile");
	}

}
