package io.karez.upload;

import io.karez.transfer.Entry;
import io.karez.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/// Where the links of a site lead.
final class FarLinks {
  private FarLinks() {}

  /// The same, and links with their targets; one that has gone meanwhile is left out.
  static List<Entry> read(SftpSession session, FarDirectory directory, List<Entry> found)
      throws TransportException {
    List<Entry> all = new ArrayList<>();
    List<Entry> links = new ArrayList<>();
    List<Future<SftpReply>> targets = new ArrayList<>();
    List<Future<SftpReply>> ends = new ArrayList<>();
    for (Entry entry : found) {
      if (entry instanceof Entry.Link link) {
        String path = directory.path(link.path());
        links.add(link);
        targets.add(session.ask(new SftpPacket(SftpPacket.READLINK).text(path)));
        ends.add(session.ask(new SftpPacket(SftpPacket.STAT).text(path)));
      } else {
        all.add(entry);
      }
    }
    for (int i = 0; i < links.size(); i++) {
      SftpReply target = session.get(targets.get(i));
      SftpReply end = session.get(ends.get(i));
      if (target.isGood()) {
        all.add(
            new Entry.Link(
                links.get(i).path(),
                target.name(),
                end.isGood() && end.attributes().isDirectory()));
      }
    }
    return all;
  }
}
