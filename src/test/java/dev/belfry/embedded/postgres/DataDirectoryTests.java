package dev.belfry.embedded.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.belfry.start.StartRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataDirectoryTests {

	@TempDir
	private Path directory;

	@Test
	void isHeldByOneBelfryAtATime() {
		Path path = this.directory.resolve("deep/belfry-data");

		try (DataDirectory held = DataDirectory.open(path)) {
			assertThat(held.path()).isDirectory();
			assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> DataDirectory.open(path))
				.withMessage("Another Belfry is running on the data directory " + path + ".")
				.satisfies((refused) -> assertThat(refused.action()).contains("belfry.data-dir", "server.port"));
		}
	}

	@Test
	void canBeHeldAgainAfterwards() {
		DataDirectory.open(this.directory).close();

		DataDirectory.open(this.directory).close();
	}

	@Test
	void saysSoWhenItCannotBeMade() throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));

		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> DataDirectory.open(file))
			.withMessageStartingWith("Belfry cannot use its data directory: ")
			.satisfies((refused) -> assertThat(refused.action()).startsWith("Set belfry.data-dir "));
	}

	@Test
	void keepsASecretOnceItIsMade() throws Exception {
		Path file = this.directory.resolve("secret");

		assertThat(OwnerOnly.secret(file, () -> "first")).isEqualTo("first");
		assertThat(OwnerOnly.secret(file, () -> "second")).isEqualTo("first");
		assertThat(this.directory).isDirectoryNotContaining("glob:**.new");
		if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			assertThat(Files.getPosixFilePermissions(file)).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ,
					PosixFilePermission.OWNER_WRITE);
		}
	}

}
