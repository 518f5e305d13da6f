package dev.belfry.delivery.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.belfry.delivery.composing.Composer;
import dev.belfry.delivery.composing.Letter;
import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.relay.AttemptOutcome.Stage;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;

/**
 * Puts e-mails into a folder instead of sending them, a file each. Handed over twice, an
 * e-mail is still one file.
 */
final class FolderMailer implements Mailer {

	private static final Logger log = LoggerFactory.getLogger(FolderMailer.class);

	/** Sorts by name as by time. */
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final Composer composer;

	private final Path folder;

	FolderMailer(Composer composer, Path folder) {
		this.composer = composer;
		this.folder = folder;
	}

	@Override
	public AttemptOutcome send(StoredEmail email) {
		return this.composer.compose(email, (letter) -> put(fileName(email), letter), AttemptOutcome::unwritten);
	}

	private AttemptOutcome put(String name, Letter letter) {
		try {
			Path file = write(name, letter.octets());
			return new AttemptOutcome(Verdict.SENT, Stage.BODY, null, "Written to " + file);
		}
		catch (IOException ex) {
			log.debug("The folder for e-mails fails", ex);
			return new AttemptOutcome(Verdict.RELAY_TROUBLE, Stage.CONNECT, null,
					"The folder for e-mails cannot be written: " + this.folder);
		}
	}

	/** Whole or not at all: whoever reads the folder sees no half of an e-mail. */
	private Path write(String name, byte[] octets) throws IOException {
		Files.createDirectories(this.folder);
		Path whole = Files.createTempFile(this.folder, name + ".", ".new");
		Files.write(whole, octets);
		return Files.move(whole, this.folder.resolve(name), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
	}

	private static String fileName(StoredEmail email) {
		return TIME.format(email.createdAt()) + "-" + email.messageId().replaceAll("[^A-Za-z0-9@._-]", "") + ".eml";
	}

}
