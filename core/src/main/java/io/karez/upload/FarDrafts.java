package io.karez.upload;

import io.karez.transfer.Entry;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;

/// The drafts of one attempt to send files.
///
/// @param missing why directories of drafts could not be made
/// @param begun how much of large files is there, by the paths of their drafts
record FarDrafts(
    SftpSession session,
    FarDirectory to,
    Drafts drafts,
    Set<String> directories,
    Map<String, String> missing,
    Map<String, Long> begun) {

  static FarDrafts make(SftpSession session, FarDirectory to, Drafts drafts, List<Entry.File> files)
      throws TransportException {
    Set<String> directories = new LinkedHashSet<>();
    files.forEach(file -> directories.add(drafts.beside(file.path())));
    List<Future<SftpReply>> made = new ArrayList<>();
    List<Future<SftpReply>> seen = new ArrayList<>();
    for (String directory : directories) {
      String path = to.path(directory);
      made.add(session.ask(new SftpPacket(SftpPacket.MKDIR).text(path).mode(0700)));
      seen.add(session.ask(new SftpPacket(SftpPacket.LSTAT).text(path)));
    }
    Map<String, String> missing = new HashMap<>();
    int i = 0;
    for (String directory : directories) {
      SftpReply now = session.get(seen.get(i));
      if (!now.isGood() || !now.attributes().isDirectory()) {
        missing.put(directory, session.get(made.get(i)).why());
      }
      i++;
    }
    List<String> large = files.stream().filter(Drafts::isResumed).map(drafts::of).toList();
    Map<String, Long> begun = new HashMap<>();
    to.at(large).files().forEach(draft -> begun.put(draft.path(), draft.bytes()));
    return new FarDrafts(session, to, drafts, directories, missing, begun);
  }

  /// Removes the directories, with what is left in them.
  void tidy() throws TransportException {
    List<String> all = List.copyOf(directories);
    List<Future<SftpReply>> gone = new ArrayList<>();
    for (String directory : all) {
      gone.add(session.ask(new SftpPacket(SftpPacket.RMDIR).text(to.path(directory))));
    }
    for (int i = 0; i < all.size(); i++) {
      if (!session.get(gone.get(i)).isGood() && !missing.containsKey(all.get(i))) {
        clear(all.get(i));
      }
    }
  }

  private void clear(String directory) throws TransportException {
    FarDirectory left = to.below(directory);
    List<Unfit> failed = left.remove(left.below(List.of(), List.of()).listing());
    if (failed.isEmpty()) {
      session.now(new SftpPacket(SftpPacket.RMDIR).text(to.path(directory)));
    }
  }
}
